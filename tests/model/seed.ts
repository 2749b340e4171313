/** The seed of a property: from `MODEL_SEED`, to repeat a run, or else a new one. */
export const modelSeed = (): number => {
  const given = process.env.MODEL_SEED;
  return given === undefined ? Date.now() & 0x7fffffff : Number(given);
};
