/** Every time and size that the way to HiPay is bounded by. */
export const gatewayLimits = {
  /** HiPay advises 60 s: after a shorter wait an order can exist of which nobody was told (HiPay API-only integration page). */
  wholeMs: 60_000,
  /** As in HiPay's PHP SDK. */
  connectMs: 15_000,
  /** An idle connection is closed before the other side does it: a request on a connection just closed is of unknown fate. */
  idleMs: 4_000,
  answerBytes: 1024 * 1024,
  detailCharacters: 200,
  cartItems: 500,
  /** HiPay publishes no limit for these texts; its longest published one is 255 (description). */
  textCharacters: 255,
  quantity: 1_000_000,
} as const;
