import { main } from '../../simulator/src/main.ts';

void main();
