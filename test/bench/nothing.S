# The smallest PVH guest: 32-bit, no stack, ends at once.
    .section .note.Xen, "a", @note
    .align 4
    .long 4, 4, 18
    .asciz "Xen"
    .long entry
    .text
    .code32
    .globl entry
entry:
    mov $29, %eax           # __HYPERVISOR_sched_op
    mov $2, %ebx            # SCHEDOP_shutdown
    mov $reason, %ecx
    vmmcall
    ud2
    .data
reason: .long 0             # poweroff
    .section .note.GNU-stack, "", @progbits
