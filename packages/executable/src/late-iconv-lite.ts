import { ASSETS } from './asset-names.ts';
import { runAsset } from './run-asset.ts';

type Iconv = Record<'getDecoder' | 'encodingExists' | 'decode', (...args: unknown[]) => unknown>;

const iconv = (): Iconv => runAsset(ASSETS.iconvLite) as Iconv;

// Stands for iconv-lite, which express wants for bodies in other encodings than ours: they are read as bytes, so it is never needed.
export const getDecoder: Iconv['getDecoder'] = (...args) => iconv().getDecoder(...args);
export const encodingExists: Iconv['encodingExists'] = (...args) => iconv().encodingExists(...args);
export const decode: Iconv['decode'] = (...args) => iconv().decode(...args);
