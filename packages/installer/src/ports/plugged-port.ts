import { terminalMaker, type UsbId } from '@hipay-ecr/shared/known-terminals.ts';

/** A serial port of this machine, as the question about it offers it. */
export interface PluggedPort {
  /** What is written into serial_port: the name that stays when the number changes, where the system keeps one. */
  path: string;
  /** Its short name, such as /dev/ttyACM0 or COM3. */
  device: string;
  usb?: UsbId;
  /** What the device calls itself. */
  product?: string;
  /** Set where its USB identity is that of a payment terminal. */
  terminalMaker?: string;
}

export interface PortFacts {
  path?: string | undefined;
  device: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  product?: string | undefined;
}

export function pluggedPort({ path, device, vendorId, productId, product }: PortFacts): PluggedPort {
  const isUsb = vendorId !== undefined && productId !== undefined;
  const usb = isUsb ? { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() } : undefined;
  const maker = usb && terminalMaker(usb);
  return {
    path: path ?? device,
    device,
    ...(usb !== undefined && { usb }),
    ...(product !== undefined && { product }),
    ...(maker !== undefined && { terminalMaker: maker }),
  };
}

/** Terminals first, then other USB devices, then ports that are built in; else by name, 2 before 10. */
export function terminalsFirst(ports: PluggedPort[]): PluggedPort[] {
  const rank = ({ terminalMaker: maker, usb }: PluggedPort) => (maker !== undefined ? 0 : usb !== undefined ? 1 : 2);
  return ports.toSorted((a, b) => rank(a) - rank(b) || a.device.localeCompare(b.device, 'en', { numeric: true }));
}

/** What a person recognizes it by: `/dev/ttyACM0, Ingenico Telium, USB 079b:0028`. */
export function describePort({ device, path, usb, product, terminalMaker: maker }: PluggedPort): string {
  const name = maker ?? product;
  const parts = [path === device ? '' : device, name, usb && `USB ${usb.vendorId}:${usb.productId}`];
  return parts.filter((part) => part).join(', ');
}
