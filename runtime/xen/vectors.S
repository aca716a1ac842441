# The exception vectors. Each runs on a stack of its own (traps.c), so that a stack that has overflown can be reported;
# a fault that is mended (stack.c) returns.

    .macro vector number, has_error
    .align 16
    .if !\has_error
    push $0
    .endif
    push $\number
    jmp common
    .endm

    .text
    .align 16
    .globl trap_vectors
trap_vectors:
    .irp number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    .if \number == 8 || (\number >= 10 && \number <= 14) || \number == 17 || \number == 21 || \number == 29 || \number == 30
    vector \number, 1
    .else
    vector \number, 0
    .endif
    .endr

# trap_raise(cause, rip, rsp): a trap of WebAssembly's, as an exception with the registers of its moment.
    .globl trap_raise
trap_raise:
    ud2

common:
    push %rax
    push %rbx
    push %rcx
    push %rdx
    push %rsi
    push %rdi
    push %rbp
    push %r8
    push %r9
    push %r10
    push %r11
    push %r12
    push %r13
    push %r14
    push %r15
    cld
    mov %rsp, %rdi
    call trap
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rbp
    pop %rdi
    pop %rsi
    pop %rdx
    pop %rcx
    pop %rbx
    pop %rax
    add $16, %rsp
    iretq

    .section .note.GNU-stack, "", @progbits
