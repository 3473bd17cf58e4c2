import { DomainError } from '@isthmus/kernel';
import type { Settings } from '../../settings.ts';
import type { PhoneRecord } from '../../store/exchangeRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { World } from '../../store/World.ts';
import { confirmWipe, contactExchange, type PhoneContact } from './contactExchange.ts';
import { newPhone } from './newPhone.ts';
import { type NewPhone, phoneSchema } from './phoneSchema.ts';

export interface Phone {
  readonly id: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly model: string;
  readonly client: PhoneRecord['clientType'];
  /** `wiping` from being told to until it confirms. */
  readonly state: PhoneRecord['state'];
}

export interface PhoneSync extends PhoneContact {
  /** The phone's state after the contact. */
  readonly state: Phone['state'];
}

/** Phones that people have, outside of Exchange: they appear there when they synchronize. */
export class PhoneControl {
  readonly #world: () => World;
  readonly #settings: () => Settings;

  constructor(world: () => World, settings: () => Settings) {
    this.#world = world;
    this.#settings = settings;
  }

  /** Gives somebody a phone. Exchange does not know of it before its first `sync`. */
  add(phone: NewPhone, tenantId?: string): Phone {
    const tenant = this.#tenant(tenantId);
    const record = newPhone(tenant, phoneSchema.parse(phone));
    this.#world().plant(() => tenant.exchange.phones.put(record));
    return phoneOf(record);
  }

  list(tenantId?: string): readonly Phone[] {
    return this.#tenant(tenantId).exchange.phones.values().map(phoneOf);
  }

  get(id: string): Phone {
    return phoneOf(this.#find(id).phone);
  }

  /**
   * The phone contacts Exchange. A wipe that waits for it is carried out and confirmed at once, unless
   * `confirmsWipe` is false: then `confirmWipe` does that later.
   */
  sync(id: string, { confirmsWipe = true }: { readonly confirmsWipe?: boolean | undefined } = {}): PhoneSync {
    const { tenant, phone } = this.#find(id);
    if (phone.state !== 'ready') throw notReady(phone);
    return this.#world().transaction(() => {
      const contact = contactExchange(tenant, this.#settings(), phone);
      if (contact.wipe === 'none') return { ...contact, state: phone.state };
      return { ...contact, state: confirmsWipe ? confirmWipe(tenant, phone) : 'wiping' };
    });
  }

  /** The phone tells that it has wiped itself. */
  confirmWipe(id: string): Phone {
    const { tenant, phone } = this.#find(id);
    if (phone.state !== 'wiping') throw notReady(phone);
    this.#world().transaction(() => confirmWipe(tenant, phone));
    return this.get(id);
  }

  /** Somebody sets a wiped phone up again with the same account. */
  setUpAgain(id: string): Phone {
    const { tenant, phone } = this.#find(id);
    this.#world().plant(() => tenant.exchange.phones.put({ ...phone, state: 'ready' }));
    return this.get(id);
  }

  /** The phone is lost; what Exchange knows of it stays. */
  remove(id: string): void {
    const { tenant } = this.#find(id);
    this.#world().plant(() => tenant.exchange.phones.remove(id));
  }

  #find(id: string): { tenant: Tenant; phone: PhoneRecord } {
    for (const tenant of this.#world().tenants.values()) {
      const phone = tenant.exchange.phones.get(id);
      if (phone !== undefined) return { tenant, phone };
    }
    throw unknown('emulator.phone-unknown', `There is no phone ${id}.`);
  }

  #tenant(id: string | undefined): Tenant {
    const tenant = id === undefined ? this.#world().primary : this.#world().tenants.get(id);
    if (tenant === undefined) throw unknown('emulator.tenant-unknown', `There is no tenant ${id}.`);
    return tenant;
  }
}

function unknown(code: string, message: string): DomainError {
  return new DomainError({ code, message, remedy: 'Use one that the emulator lists.' });
}

function notReady({ id, state }: PhoneRecord): DomainError {
  const message = `The phone ${id} cannot do that: its state is ${state}.`;
  return new DomainError({
    code: 'emulator.phone-state',
    message,
    remedy: 'Set the phone up again, or let it confirm.',
  });
}

function phoneOf({ id, userId, deviceId, deviceModel, clientType, state }: PhoneRecord): Phone {
  return { id, userId, deviceId, model: deviceModel, client: clientType, state };
}
