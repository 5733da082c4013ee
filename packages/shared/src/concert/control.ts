// The control bytes of Concert V2 (pyTeliumManager, OCA telium driver, PayXpert Concert V2 page).
export const STX = 0x02;
export const ETX = 0x03;
export const EOT = 0x04;
export const ENQ = 0x05;
export const ACK = 0x06;
export const NAK = 0x15;

const NAMES = { STX, ETX, EOT, ENQ, ACK, NAK } as const;

export type ControlName = keyof typeof NAMES;

const BY_BYTE = new Map(Object.entries(NAMES).map(([name, byte]) => [byte as number, name as ControlName]));

export function controlByte(name: ControlName): number {
  return NAMES[name];
}

/** The name of a control byte; undefined for any other byte. */
export function controlName(byte: number): ControlName | undefined {
  return BY_BYTE.get(byte);
}
