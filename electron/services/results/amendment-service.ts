import type { Saved } from '#shared/contract/parts/encounters.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { EncounterPayload, LedgerEvent } from '#shared/domain/ledger-event.ts'
import { saidOf } from '#shared/domain/sayings.ts'
import type { Handlers } from '#electron/base/handlers.ts'
import type { Access } from '#electron/services/encounter/access.ts'
import type { Recorder } from '#electron/services/encounter/recorder.ts'
import type { Accounts } from '#electron/services/session/accounts.ts'
import type { Store } from '#electron/store/store.ts'
import {
  conflictOfHeads,
  mustBeCorrectable,
  mustBeReviewer,
  mustBeSecondPerson,
  mustWaitForReview,
  reasonOf,
  type Corrected,
} from './amendment-rules.ts'

type Parts = { store: Store; access: Access; record: Recorder; accounts: Pick<Accounts, 'verify'> }
type Amended = Extract<EncounterPayload, { type: 'mark.amended' }>
type Reviewed = Extract<EncounterPayload, { type: 'red-flag.reviewed' }>

/**
 * What is signed with a PIN or decided in the results: the review of a red flag, what a director changes after it was
 * submitted, and what stands between laptops. The last two are new events that say what stands from there on; what stood
 * before stays in the ledger and beside it.
 */
export function createAmendmentHandlers({
  store,
  access,
  record,
  accounts,
}: Parts): Pick<Handlers, 'redFlag.review' | 'mark.correct' | 'conflict.resolve'> {
  return {
    'redFlag.review': async ({ encounterId, eventId, markId, decision, reason: text, reviewerId, pin }, context) => {
      const encounter = access.encounter(context, encounterId)
      const review = { decision, reason: reasonOf(text), reviewerId }
      const payload: Reviewed = { type: 'red-flag.reviewed', markId, review }
      const written = store.ledger.find(eventId)
      if (written) return again(written, encounterId, (known) => canonicalJson(known) === canonicalJson(payload))
      // Reviewed in peace, after the exam was closed as well. The reviewer may be the director who sits there: second to
      // whoever raised the flag, not to a hand that records it.
      const allowed = () => {
        mustWaitForReview(store, encounterId, markId)
        mustBeReviewer(store, encounter, markId, reviewerId)
      }
      allowed()
      await accounts.verify(reviewerId, pin)
      return record({ context, encounterId, eventId, payload, allowed })
    },
    'mark.correct': async ({ encounterId, eventId, says: given, reason: text, secondId, pin }, context) => {
      const encounter = access.encounter(context, encounterId)
      const selfId = context.session?.personId ?? null
      if (selfId === null) throw new AttuneError('forbidden')
      const reason = reasonOf(text)
      const says: Corrected =
        given.type === 'red-flag.reviewed'
          ? {
              type: given.type,
              markId: given.markId,
              review: { decision: given.decision, reason, reviewerId: secondId },
            }
          : given
      const payload: Amended = {
        type: 'mark.amended',
        cause: 'correction',
        says,
        saidBy: selfId,
        saidAtMs: null,
        reason,
        secondId,
      }
      const written = store.ledger.find(eventId)
      if (written)
        return again(
          written,
          encounterId,
          (known) => known.type === 'mark.amended' && textOf(known) === textOf(payload),
        )
      const allowed = () => {
        mustBeCorrectable(store, encounter, says)
        mustBeSecondPerson(store, encounter.exam.id, selfId, secondId)
        if (says.type === 'red-flag.reviewed') mustBeReviewer(store, encounter, says.markId, secondId)
      }
      // Before the PIN is looked at, so that nobody signs what cannot be; and again once it was.
      allowed()
      await accounts.verify(secondId, pin)
      const heard = store.encounters.heard(encounterId)
      return record({ context, encounterId, eventId, payload: { ...payload, heard }, madeAtMs: null, allowed })
    },
    'conflict.resolve': ({ encounterId, eventId, heads, chosen, reason: text }, context) => {
      access.encounter(context, encounterId)
      const reason = reasonOf(text)
      const written = store.ledger.find(eventId)
      if (written)
        return again(
          written,
          encounterId,
          (known) => known.type === 'mark.amended' && known.cause === 'conflict' && known.reason === reason,
        )
      const conflict = conflictOfHeads(store, encounterId, heads)
      if (!conflict.heads.some((head) => head.eventId === chosen)) throw new AttuneError('not-found')
      return record({
        context,
        encounterId,
        eventId,
        payload: {
          type: 'mark.amended',
          cause: 'conflict',
          ...saidIn(store, chosen, conflict.subject),
          reason,
          secondId: null,
          heard: store.encounters.heard(encounterId),
        },
        madeAtMs: null,
        allowed: () => {
          conflictOfHeads(store, encounterId, heads)
        },
      })
    },
  }
}

/** What it says, whatever was heard of in between. */
const textOf = ({ heard: _, ...said }: Amended): string => canonicalJson(said)

/** Sent again after an answer that was lost: what is on disk, where it is the same. Throws 'bad-input' where it is not. */
function again(
  { id, encounterId, payload, offsetMs }: LedgerEvent,
  sentTo: EncounterId,
  isSame: (known: LedgerEvent['payload']) => boolean,
): Saved {
  if (encounterId !== sentTo || !isSame(payload)) throw new AttuneError('bad-input')
  return { eventId: id, atMs: offsetMs }
}

/** What an event says of a subject, and who had said it and when: after an earlier decision whoever that went back to. */
function saidIn(
  { ledger }: Pick<Store, 'ledger'>,
  id: EventId,
  subject: string,
): Pick<Amended, 'says' | 'saidBy' | 'saidAtMs'> {
  const event = ledger.find(id)
  const said = event === null || event.encounterId === null ? null : saidOf(subject, event.payload)
  if (event === null || said === null) throw new AttuneError('not-found')
  const { payload } = event
  if (payload.type === 'mark.amended') return { says: said.says, saidBy: payload.saidBy, saidAtMs: payload.saidAtMs }
  return { says: said.says, saidBy: event.raterId, saidAtMs: event.offsetMs }
}
