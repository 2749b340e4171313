const RealDate = Date;

/** The time in the model: it stands until it is moved. Cheaper than jest's timers, of which nothing else is needed. */
export const clock = {
  at: 0,
  start(): void {
    globalThis.Date = class extends RealDate {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [clock.at] : given) as [number]));
      }
      static override now = () => clock.at;
    } as DateConstructor;
  },
  stop(): void {
    globalThis.Date = RealDate;
  },
};
