#!/usr/bin/env node
import { startOnOurNode } from '../../../scripts/start-on-our-node.js';

await startOnOurNode(new URL('../src/main.ts', import.meta.url));
