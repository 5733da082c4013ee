/** Somebody else appended to the payment meanwhile (`ifVersion`): nothing was written; look again, then decide again. */
export class VersionConflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VersionConflict';
  }
}
