import { ASSETS } from './asset-names.ts';
import { runAsset } from './run-asset.ts';

type Qs = Record<'parse' | 'stringify', (...args: unknown[]) => unknown>;

const qs = (): Qs => runAsset(ASSETS.qs) as Qs;

// Stands for qs, which express wants for queries and bodies of nested names: ours are simple, so it is never needed.
export const parse: Qs['parse'] = (...args) => qs().parse(...args);
export const stringify: Qs['stringify'] = (...args) => qs().stringify(...args);
