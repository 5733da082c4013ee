import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { assertAnswersOpenapi, type GivenAnswer } from './openapi-check.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
let good: GivenAnswer;
beforeAll(async () => {
  app = await startTestApp(() => Promise.reject(new Error('nobody pays here')));
  good = await app.call({ path: '/version?x=1' });
});
afterAll(() => app.listening.close());

test('an answer as it is described passes', () => {
  expect(() => assertAnswersOpenapi(app.description, good)).not.toThrow();
});

test.each<[string, Partial<GivenAnswer>, RegExp]>([
  ['a field of the wrong type', { body: { version: 1 } }, /\/version must be string/],
  ['a field too many', { body: { version: '1', more: 1 } }, /additional properties/],
  ['a field too few', { body: {} }, /required property 'version'/],
  ['a status that is not described', { status: 201 }, /this status is not described/],
  ['a path that is not described', { path: '/versions' }, /not described, yet answered with success/],
  ['a method that is not described', { method: 'POST' }, /not described, yet answered with success/],
  ['an error without the envelope', { path: '/versions', status: 404 }, /required property 'errorCode'/],
  ['another media type', { contentType: 'text/html' }, /found text\/html, expected application\/json/],
])('%s does not', (_what, change, complaint) => {
  expect(() => assertAnswersOpenapi(app.description, { ...good, ...change })).toThrow(complaint);
});
