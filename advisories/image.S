// SPDX-License-Identifier: Apache-2.0
//
// The bytes of the starter index, as the build made them.
    .section .rodata
    .balign 16
    .global preflight_starter_image_begin
    .global preflight_starter_image_end
    .hidden preflight_starter_image_begin
    .hidden preflight_starter_image_end
preflight_starter_image_begin:
    .incbin PREFLIGHT_STARTER_IMAGE
preflight_starter_image_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
