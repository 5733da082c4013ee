/** One of HiPay's errors, as its HTTP answer. */
export interface HipayError {
  httpStatus: number;
  body: { code: string; message: string; description: string };
}

function hipayError(httpStatus: number, code: string, message: string, description: string): HipayError {
  return { httpStatus, body: { code, message, description } };
}

/** The errors that the simulated gateway answers, with HiPay's codes and texts (HiPay error messages page). */
export const hipayErrors = {
  credentials: () => hipayError(401, '1000001', 'Incorrect Credentials', 'Username and/or password is incorrect.'),
  signature: () =>
    hipayError(400, '1000002', 'Incorrect Signature', 'The hash does not fit the order and the hash key.'),
  full: (most: number) =>
    hipayError(503, '1000008', 'Temporarily Unavailable', `This simulator keeps at most ${most} orders.`),
  missing: (name: string) =>
    hipayError(400, '1010101', 'Missing Mandatory Parameter', `The parameter ${name} is missing.`),
  invalid: (name: string, expected: string) =>
    hipayError(400, '1010201', 'Invalid Parameter', `The parameter ${name} is invalid, expected: ${expected}.`),
  tooLong: (name: string, most: number) =>
    hipayError(400, '1010202', 'Invalid Parameter', `The parameter ${name} is longer than ${most} characters.`),
  notDecimal: (name: string, found: string) =>
    hipayError(400, '1010205', 'Invalid Parameter', `The parameter ${name} is not a decimal number above 0: ${found}.`),
  email: (found: string) =>
    hipayError(400, '1010209', 'Invalid Parameter', `The parameter email is no e-mail address: ${found}.`),
  unsupportedEci: (found: string) =>
    hipayError(400, '1020002', 'Unsupported ECI', `Expected 10 (point of sale), found ${found}.`),
  unsupportedProduct: (found: string) =>
    hipayError(400, '1020003', 'Unsupported Payment Product', `Expected tpe, found ${found}.`),
  unknownOrder: (orderId: string) => hipayError(404, '3000001', 'Unknown Order', `There is no order ${orderId}.`),
  unknownTransaction: (reference: string) =>
    hipayError(404, '3000002', 'Unknown Transaction', `There is no transaction ${reference}.`),
  unsupportedCurrency: (found: string) =>
    hipayError(400, '3010001', 'Unsupported Currency', `Unknown currency ${found}.`),
  duplicate: (orderId: string) =>
    hipayError(400, '3010004', 'Duplicate Order', `The order ${orderId} has already been processed.`),
} as const;
