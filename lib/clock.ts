/** The only place that reads the wall clock; everything that decides takes `now` as an argument. */
export function now(): Date {
  return new Date();
}
