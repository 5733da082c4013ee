import https from 'node:https';
import type { Readable } from 'node:stream';
import type { ConfigTexts } from '@hipay-ecr/shared/config/config-texts.ts';
import type { ActSentences } from './act-sentences.ts';
import { actsLimits } from './acts-limits.ts';
import { loadAxios } from './axios.ts';
import { type DeliveryHead, readDeliveryHead } from './delivery-head.ts';
import { osName } from './version-name.ts';

/** HiPay's ECR interface, as its documentation of the connector gives it. */
const ECR_INTERFACES: Partial<Record<string, string>> = {
  dev: 'https://stage-api.hipay.com',
  prod: 'https://api.hipay.com',
};

/** What HiPay answers to the question for its newest delivery. */
export type Offer =
  | { kind: 'away'; detail: string }
  | { kind: 'refused'; status: number }
  | { kind: 'status'; status: number }
  | DeliveryHead;

interface AskedFor {
  platform: NodeJS.Platform;
  architecture: string;
  /** Gives the question up. */
  signal: AbortSignal;
  limitMs?: number;
}

/**
 * Asks HiPay for its newest delivery, as documented, and looks at how it begins; nothing is taken. No redirect is followed: the
 * credentials are for HiPay alone. Never rejects.
 */
export async function askForNewestVersion(
  values: ConfigTexts,
  { platform, architecture, signal, limitMs = actsLimits.newestVersionMs }: AskedFor,
): Promise<Offer> {
  const { hipay_login: login, hipay_password: password, https_proxy: proxy } = values;
  const base = values.hipay_api_url ?? ECR_INTERFACES[values.environment ?? 'dev'] ?? '';
  const axios = await loadAxios();
  try {
    const { status, data } = await axios.get<Readable>(`${base.replace(/\/+$/, '')}/v1/ecr/versions/setup`, {
      params: { os: osName(platform, architecture), type: 'concertv2' },
      headers: { 'x-authorization': `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}` },
      responseType: 'stream',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
      maxRedirects: 0,
      decompress: false,
      validateStatus: null,
      ...(proxy ? { httpsAgent: new https.Agent({ proxyEnv: { HTTPS_PROXY: proxy } }) } : {}),
      proxy: false,
    });
    if (status === 401 || status === 403) return discarding(data, { kind: 'refused', status });
    if (status !== 200) return discarding(data, { kind: 'status', status });
    return readDeliveryHead(await firstBytes(data));
  } catch (error) {
    // The error itself carries the request with its credentials.
    return { kind: 'away', detail: axios.isAxiosError(error) && error.code ? error.code : (error as Error).message };
  }
}

/** What was found, and what was therefore installed, in one sentence. */
export function offerSentence(offer: Offer, bundledVersion: string, sentences: ActSentences['newest']): string {
  return sentences.bundled(bundledVersion, whyBundled(offer, sentences));
}

function whyBundled(offer: Offer, sentences: ActSentences['newest']): string {
  switch (offer.kind) {
    case 'away':
      return sentences.away(offer.detail);
    case 'refused':
      return sentences.refused(offer.status);
    case 'status':
      return sentences.status(offer.status);
    case 'no_zip':
      return sentences.noZip;
    case 'foreign':
      return sentences.foreign;
    case 'ours':
      return sentences.ours(offer.version);
  }
}

function discarding(stream: Readable, offer: Offer): Offer {
  stream.on('error', () => {});
  stream.destroy();
  return offer;
}

async function firstBytes(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes >= actsLimits.deliveryBytes) break;
  }
  return Buffer.concat(chunks);
}
