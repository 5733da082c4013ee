/** A port as the operating system's own list names it (Windows, macOS). */
export interface ListedPort {
  path: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  friendlyName?: string | undefined;
  manufacturer?: string | undefined;
}

/** The machine whose ports are looked at; a test makes up its own. */
export interface PortWorld {
  platform: NodeJS.Platform;
  /** `/`, or the directory of a made-up machine with its own `dev`, `sys` and `etc`. */
  root: string;
  /** Who will run the service. */
  userName: string;
  /** Not asked on Linux: serialport's own list needs udevadm there, and the tree of files tells the same. */
  systemList(): Promise<ListedPort[]>;
}
