# The smallest PVH guest: 32-bit, no stack. Prints the ticks that it has taken to Xen's log, in hexadecimal, and ends.
    .section .note.Xen, "a", @note
    .align 4
    .long 4, 4, 18
    .asciz "Xen"
    .long entry
    .text
    .code32
    .globl entry
entry:
    rdtsc
    mov %eax, %esi
    lfence
    rdtsc
    sub %esi, %eax
    mov %eax, %ebx
    mov $8, %ecx
1:  rol $4, %ebx
    mov %ebx, %eax
    and $15, %eax
    mov digits(%eax), %al
    out %al, $0xe9
    loop 1b
    mov $'\n', %al
    out %al, $0xe9
    mov $29, %eax           # __HYPERVISOR_sched_op
    mov $2, %ebx            # SCHEDOP_shutdown
    mov $reason, %ecx
    vmmcall
    ud2
digits: .ascii "0123456789abcdef"
    .data
reason: .long 0             # poweroff
    .section .note.GNU-stack, "", @progbits
