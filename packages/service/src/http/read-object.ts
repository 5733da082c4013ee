import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Request, Response } from 'express';
import { contentTypeProblem, readJsonBody } from './read-json-body.ts';
import { readRawBody } from './read-raw-body.ts';
import { schemaProblems } from './schema-problems.ts';

export type ReadObject =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; status: 400 | 415; detail: string };

/** The body of a request as its schema has it, or all that is wrong with it. `expected` says for each field what is. */
export async function readObject(
  request: Request,
  response: Response,
  { validate, expected }: { validate: ValidateFunction; expected: Readonly<Record<string, string>> },
): Promise<ReadObject> {
  const misfit = contentTypeProblem(request.get('content-type'));
  if (misfit !== undefined) return { ok: false, status: 415, detail: misfit };
  await readRawBody(request, response);
  const body = readJsonBody(request);
  if (!body.ok) return { ok: false, status: 400, detail: body.problem };
  if (validate(body.value)) return { ok: true, value: body.value as Record<string, unknown> };
  const problems = schemaProblems(validate.errors ?? [], expected);
  return { ok: false, status: 400, detail: [...problems.values()].join('; ') };
}
