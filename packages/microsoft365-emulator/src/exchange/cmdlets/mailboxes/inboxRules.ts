import { flag, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet } from '../../Cmdlet.ts';
import { listing } from '../../listing.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { int32, type Shape, texts } from '../../shapes/Shape.ts';

/** Rules are made by people in Outlook, and nobody does that here: only the hidden rule is ever there. */
export const getInboxRule: Cmdlet = {
  name: 'Get-InboxRule',
  area: 'recipients',
  parameters: { Mailbox: text, Identity: text, IncludeHidden: flag, ResultSize: resultSize },
  mandatory: ['Mailbox'],
  run: (call) => {
    const recipients = new Recipients(call);
    const { mailbox } = recipients.getMailbox(call.parameters.text('Mailbox') ?? '', 'mailboxNotFound');
    const rules = call.parameters.flag('IncludeHidden') === true ? [junkMailRule(mailbox.id)] : [];
    return listing(call, rules, (rule) => rule);
  },
};

function junkMailRule(mailboxId: string): Shape {
  const name = 'Junk E-mail Rule';
  return {
    Identity: `${mailboxId}\\${name}`,
    RuleIdentity: null,
    Name: name,
    Priority: int32(0),
    Enabled: true,
    Description: '',
    MailboxOwnerId: mailboxId,
    ForwardTo: texts([]),
    SubjectContainsWords: texts([]),
    ErrorType: 'None',
    SupportedByTask: false,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}
