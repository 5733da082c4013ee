/** Who holds a data folder, as far as it has said so. */
export interface Holder {
  pid: number;
  /** Where it serves; missing until it does. */
  port?: number;
  /** RFC 3339. */
  since: string;
  /** It has been told to stop, and ends once the payment under way is over: a launch does not take it for one that serves. */
  stopping?: true;
}

/** The data folder has its service already: there is nothing to do. */
export class AlreadyRunning extends Error {
  readonly holder: Holder | undefined;

  constructor(folder: string, holder: Holder | undefined) {
    const port = holder?.port === undefined ? '' : `, at http://localhost:${holder.port}`;
    const who = holder === undefined ? '' : `: process ${holder.pid}${port}, since ${holder.since}`;
    super(`tp-manager is running already with the data folder ${folder}${who}. Nothing was started.`);
    this.name = 'AlreadyRunning';
    this.holder = holder;
  }
}
