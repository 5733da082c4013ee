import { type FieldKey, fieldKeys, fields } from '@hipay-ecr/shared/config/fields.ts';
import { errorTable } from '@hipay-ecr/shared/errors.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { type Scenario, scenarios } from '@hipay-ecr/simulator/terminal/scenario.ts';

/** What stands between `<!-- name -->` and `<!-- /name -->` in the README, made from the code. */
export const readmeTables: Record<string, () => string> = {
  scenarios: () =>
    table(
      ['amount', 'what happens', 'what the till gets', '`--always`'],
      scenarios.map(({ amountMinor, sentence, told, name }) => [
        amountMinor === undefined ? 'any other' : formatMinor(amountMinor),
        sentence,
        whatTheTillGets(told),
        `\`${name}\``,
      ]),
    ),
  errors: () =>
    table(
      ['code', 'HTTP', 'what it says', 'what to do'],
      Object.entries(errorTable).map(([code, { httpStatus, outcomeUnknown, text, cashier }]) => [
        code,
        String(httpStatus ?? 200),
        outcomeUnknown ? `**Do not charge again.** ${text.en}` : text.en,
        cashier.en,
      ]),
    ),
  configuration: () =>
    table(
      ['key', 'default', 'what it is'],
      fieldKeys.map((key) => [`\`${key}\``, defaultOf(key), fields[key].comment.en]),
    ),
};

/** The README with its tables as the code has them now. */
export function withTables(readme: string): string {
  return Object.entries(readmeTables).reduce((text, [name, make]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(text))
      throw new Error(`The README has no place for the table '${name}': <!-- ${name} --> … <!-- /${name} -->`);
    return text.replace(place, (_all, begin: string, end: string) => `${begin}${make()}${end}`);
  }, readme);
}

function whatTheTillGets(told: Scenario['told']): string {
  if (told === undefined) return '`SUCCESS`';
  const { outcome, errorCode, late } = told;
  return `\`FAILURE\`, ${errorCode} \`${outcome}\`${late ? ', after `payment_timeout`' : ''}`;
}

function defaultOf(key: FieldKey): string {
  const { presence, default: value } = fields[key];
  if (value !== undefined && value !== '') return `\`${value}\``;
  return presence === 'required' ? '(required)' : presence === 'contract' ? '(with its contract)' : '(none)';
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
