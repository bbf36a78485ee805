/** Loaded before the product: a second and a half after its start somebody sets the wall clock back by an hour. */
const now = Date.now.bind(Date)
Date.now = () => now() - (performance.now() > 1500 ? 3_600_000 : 0)
