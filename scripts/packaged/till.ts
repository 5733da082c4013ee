/** Point-of-sale software, as far as the stories need it. */
export class Till {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(port: number, { username, password }: { username: string; password: string }) {
    this.#url = `http://127.0.0.1:${port}`;
    const credentials = Buffer.from(`${username}:${password}`).toString('base64');
    this.#headers = { authorization: `Basic ${credentials}`, 'content-type': 'application/json' };
  }

  /** Undefined where nobody answers. */
  async get(path: string): Promise<Record<string, unknown> | undefined> {
    try {
      const response = await fetch(`${this.#url}${path}`, { headers: this.#headers });
      return (await response.json()) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }

  /** Undefined where the connection was lost before the answer. */
  async pay(amount: string, orderId: string): Promise<Record<string, unknown> | undefined> {
    const body = JSON.stringify({ amount, order_id: orderId });
    try {
      const response = await fetch(`${this.#url}/order`, { method: 'POST', headers: this.#headers, body });
      return (await response.json()) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }
}
