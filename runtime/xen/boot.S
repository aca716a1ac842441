# From Xen's PVH entry point (32-bit, paging off, %ebx = hvm_start_info) to start() in long mode. The page tables made
# here map the low 4 GiB one to one, all of it writable; pages.c replaces them before anything else runs.

    .section .note.Xen, "a", @note
    .align 4
    .long 4, 4, 18                  # XEN_ELFNOTE_PHYS32_ENTRY
    .asciz "Xen"
    .long entry

    .section .text.entry, "ax"
    .code32
    .globl entry
entry:
    cld
    rdtsc
    mov %eax, entry_ticks
    mov %edx, entry_ticks + 4

    mov $pdpt + 3, %eax             # present, writable
    mov %eax, pml4
    mov $pd + 3, %eax
    mov $pdpt, %edi
    mov $4, %ecx
1:  mov %eax, (%edi)
    add $8, %edi
    add $0x1000, %eax
    loop 1b
    mov $0x83, %eax                 # present, writable, 2 MiB
    mov $pd, %edi
    mov $2048, %ecx
2:  mov %eax, (%edi)
    add $8, %edi
    add $0x200000, %eax
    loop 2b

    mov $pml4, %eax
    mov %eax, %cr3
    mov %cr4, %eax
    or $0x620, %eax                 # PAE, OSFXSR, OSXMMEXCPT
    mov %eax, %cr4
    mov $0xc0000080, %ecx           # EFER: LME, NXE
    rdmsr
    or $0x900, %eax
    wrmsr
    mov %cr0, %eax
    and $~0x4, %eax                 # EM off
    or $0x80010003, %eax            # PG, WP, MP, PE
    mov %eax, %cr0
    lgdt gdt_pointer
    ljmp $0x08, $entry64

    .code64
entry64:
    mov $0x10, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    xor %eax, %eax
    mov %eax, %fs
    mov %eax, %gs
    mov $boot_stack_top, %esp
    fninit
    ldmxcsr mxcsr
    xor %ebp, %ebp
    mov %ebx, %edi
    call start
3:  ud2

# Calls function %rdi with argument %rsi on the stack that ends at %rdx.
    .text
    .globl call_on_stack
call_on_stack:
    push %rbp
    mov %rsp, %rbp
    mov %rdx, %rsp
    mov %rdi, %rax
    mov %rsi, %rdi
    call *%rax
    mov %rbp, %rsp
    pop %rbp
    ret

    .section .rodata
    .align 4
mxcsr: .long 0x1f80              # all exceptions masked, round to nearest

    .data
    .align 16
    .globl gdt
gdt:
    .quad 0
    .quad 0x00af9b000000ffff        # 0x08: code, 64 bit
    .quad 0x00cf93000000ffff        # 0x10: data
    .quad 0, 0                      # 0x18: the task state segment (traps.c)
gdt_pointer:
    .word . - gdt - 1
    .long gdt

    .bss
    .align 4096
    .globl pml4, pdpt, pd
pml4: .skip 4096
pdpt: .skip 4096
pd:   .skip 4 * 4096
# struct small_stack (shim.h): of the boot, and of exceptions.
    .globl stacks
stacks: .skip 3 * 4096
boot_stack_top:
    .skip 2 * 3 * 4096
    .globl entry_ticks
    .align 8
entry_ticks: .skip 8

# Xen writes its hypercall stubs here: the last thing of the executable segment, without bytes in the file.
    .section .hypercall, "ax", @nobits
    .align 4096
    .globl hypercall_page
hypercall_page: .skip 4096

    .section .note.GNU-stack, "", @progbits
