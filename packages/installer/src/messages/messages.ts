import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { english, type Messages } from './english.ts';
import { french } from './french.ts';

export type { Messages } from './english.ts';

export function messagesIn(language: Language): Messages {
  return language === 'fr' ? french : english;
}
