import { sessionSchema } from '#shared/domain/session.ts'
import type { Router } from '#electron/ipc/router.ts'

/** Whether one of these windows is with the standardized patient, who then gets no second one beside it. */
export async function isLent(router: Router, clientIds: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(clientIds.map((clientId) => router(clientId, 'session.get', {})))
  return answers.some((answer) => {
    const session = answer.ok ? sessionSchema.safeParse(answer.data) : null
    return session?.success === true && session.data.handedOver !== null
  })
}
