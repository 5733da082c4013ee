/** A USB identity as the operating system tells it: four lower-case hexadecimal digits each. */
export interface UsbId {
  vendorId: string;
  productId: string;
}

/**
 * USB identities of payment terminals: Telium from EveConnector, the others from the Linux kernel's cp210x table and
 * from public code of tills that use the same devices with other protocols.
 */
const KNOWN: { vendorId: string; productIds?: string[]; maker: string }[] = [
  { vendorId: '079b', productIds: ['0028'], maker: 'Ingenico Telium' },
  { vendorId: '0b00', maker: 'Ingenico' },
  { vendorId: '11ca', productIds: ['0219', '0220', '0300'], maker: 'Verifone' },
  { vendorId: '193a', productIds: ['1000'], maker: 'Verifone' },
  { vendorId: '1234', productIds: ['0101'], maker: 'PAX' },
  { vendorId: '9908', productIds: ['9030'], maker: 'PAX' },
  { vendorId: '2fb8', maker: 'PAX' },
];

/** Who made the terminal that has this USB identity; undefined where it is not known to be one. */
export function terminalMaker(usb: UsbId): string | undefined {
  return KNOWN.find(
    ({ vendorId, productIds }) => vendorId === usb.vendorId && (productIds?.includes(usb.productId) ?? true),
  )?.maker;
}
