const MOST = 1e12;
/** A number may be the outcome of a sum (30.060000000000002): this near to a thousandth, in thousandths, it is that one. */
const NEARNESS = 0.001;
const DECIMAL = /^([+-]?)(\d{1,9})(?:[.,](\d{1,3})0*)?$/;

/**
 * Thousandths, exactly, of a number or a decimal text: HiPay's prices have up to three decimals (HiPay PHP SDK, cart
 * item). Undefined where it has more, or is no decimal number below a thousand million.
 */
export function parseThousandths(value: unknown): number | undefined {
  if (typeof value === 'number') return nearThousandth(value * 1000);
  const parts = typeof value === 'string' ? DECIMAL.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const [, sign, units = '', decimals = ''] = parts;
  const thousandths = Number(units) * 1000 + Number(decimals.padEnd(3, '0'));
  return sign === '-' && thousandths !== 0 ? -thousandths : thousandths;
}

/** The JSON number of so many thousandths: the quotient is the double nearest to the decimal, so it prints as that decimal. */
export function fromThousandths(thousandths: number): number {
  return thousandths / 1000;
}

function nearThousandth(thousandths: number): number | undefined {
  const nearest = Math.round(thousandths);
  const isNear = Math.abs(thousandths - nearest) < NEARNESS && Math.abs(nearest) < MOST;
  return isNear ? nearest + 0 : undefined;
}
