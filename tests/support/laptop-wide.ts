/** Tells whatever is observed that it is 800 pixels wide. */
export class LaptopWide {
  readonly tell: (entries: object[]) => void
  constructor(tell: (entries: object[]) => void) {
    this.tell = tell
  }
  observe() {
    this.tell([{ contentRect: { width: 800, height: 0 } }])
  }
  unobserve = () => undefined
  disconnect = () => undefined
}
