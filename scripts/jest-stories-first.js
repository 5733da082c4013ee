import Sequencer from '@jest/test-sequencer';

/**
 * Jest runs the longest test files first, by how long they took the last time. In a clean checkout it takes the largest ones for the
 * longest, and a story that starts the programs over and over would be left alone at the end, with a processor idle.
 */
export default class extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const isStory = ({ path }) => /[\\/]packages[\\/][^\\/]+[\\/]test[\\/]/.test(path);
    return [...sorted.filter(isStory), ...sorted.filter((test) => !isStory(test))];
  }
}
