import { main } from '../../installer/src/main.ts';

void main();
