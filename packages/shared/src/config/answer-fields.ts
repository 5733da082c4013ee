import { type Fields, fields } from './fields.ts';
import { shaped } from './value-parsers.ts';

/**
 * The fields as the setup takes an answer that is new. It may refuse more than the reader of config.yml does, never less: a till that was
 * installed with such a value goes on with it.
 */
export const answerFields: Fields = {
  ...fields,
  serial_number: {
    ...fields.serial_number,
    parse: shaped(
      'the serial number of the terminal: 1 to 64 digits, letters, - _ . and spaces, the first a digit or letter',
      /^[0-9A-Za-z]([\w .-]{0,62}[\w.-])?$/,
    ),
  },
};
