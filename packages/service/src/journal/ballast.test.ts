import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Ballast } from './ballast.ts';
import { StoreFailure } from './failure-reason.ts';
import { TestFolders } from './journal.fixture.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** A disk that is full while the ballast lies on it. */
function commitTo(ballast: Ballast, done: string[]): () => void {
  return () => {
    if (ballast.isThere) throw new StoreFailure('full', 'no space left');
    done.push('commit');
  };
}

describe('rule 7: the ballast', () => {
  test('takes four mebibytes and gives them back', () => {
    const file = join(folders.make(), 'ballast');
    const ballast = new Ballast(file);
    expect([ballast.isThere, ballast.restore(), ballast.isThere]).toEqual([false, true, true]);
    expect(statSync(file).size).toBe(4 * 1024 * 1024);
    expect([ballast.release(), ballast.isThere, ballast.release()]).toEqual([true, false, false]);
  });

  test('is made anew where it is not whole', () => {
    const file = join(folders.make(), 'ballast');
    writeFileSync(file, 'half');
    const ballast = new Ballast(file);
    expect([ballast.isThere, ballast.restore()]).toEqual([false, true]);
  });

  test('gives its room to a payment under way', () => {
    const ballast = new Ballast(join(folders.make(), 'ballast'));
    ballast.restore();
    const done: string[] = [];
    ballast.guard({ opensPayment: false }, commitTo(ballast, done));
    expect(done).toEqual(['commit']);
    expect(ballast.isThere).toBe(false);
  });

  test('keeps its room from a new payment', () => {
    const ballast = new Ballast(join(folders.make(), 'ballast'));
    ballast.restore();
    const done: string[] = [];
    expect(() => ballast.guard({ opensPayment: true }, commitTo(ballast, done))).toThrow('no space left');
    expect([done, ballast.isThere]).toEqual([[], true]);
  });

  test('lets no new payment begin where it cannot be made, and every other commit through', () => {
    const file = join(folders.make(), 'ballast');
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    const ballast = new Ballast(file);
    const done: string[] = [];
    expect(() => ballast.guard({ opensPayment: true }, () => done.push('new'))).toThrow('payments under way');
    ballast.guard({ opensPayment: false }, () => done.push('under way'));
    expect(done).toEqual(['under way']);
  });

  test('stays where a commit fails for another reason', () => {
    const ballast = new Ballast(join(folders.make(), 'ballast'));
    ballast.restore();
    const fail = () => {
      throw new StoreFailure('io', 'bad sector');
    };
    expect(() => ballast.guard({ opensPayment: false }, fail)).toThrow('bad sector');
    expect(ballast.isThere).toBe(true);
  });
});
