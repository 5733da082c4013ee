/** What a story has seen, told as it goes: each line is one thing that a till or a person relies on. */
export class Checks {
  failed = 0;
  readonly #startedMs = performance.now();

  /** Told as `ok` or `NOT OK`; `found` is shown where it is not. */
  check(what: string, isSo: boolean, found?: unknown): void {
    if (!isSo) this.failed++;
    const seconds = ((performance.now() - this.#startedMs) / 1000).toFixed(1).padStart(6);
    console.log(`${isSo ? 'ok    ' : 'NOT OK'} ${seconds} s  ${what}`);
    if (!isSo && found !== undefined)
      console.log(`       found: ${typeof found === 'string' ? found : JSON.stringify(found)}`);
  }

  /** To be the last line; the exit status follows it. */
  close(story: string): void {
    console.log(this.failed === 0 ? `${story}: all is well.` : `${story}: ${this.failed} checks have failed.`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}
