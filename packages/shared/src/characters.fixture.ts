import fc from 'fast-check';

// fast-check's own `binary` and `grapheme` make a table of all there is first, which takes longer than most properties.

/** Any code point, halves of surrogate pairs too. */
export const anyCodePoint = fc.nat(0x10_ffff).map((code) => String.fromCodePoint(code));

/** Any that is a character by itself. */
export const anyCharacter = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10_ffff }))
  .map((code) => String.fromCodePoint(code));

/** What people write: of one byte and of more, beyond the first plane, and put together from two. */
export const written = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  fc.constantFrom(...'éßœÅΩЖبあ中€🍕', 'e\u0301', '\u00A0'),
);
