import { AwsRefusal } from './refusal.ts';

/** The long-lived keys that the fake takes; they open nothing but the fake. */
export const FAKE_KEYS = {
  accessKeyId: 'AKIAFAKEFAKEFAKEFAKE',
  secretAccessKey: 'fake-secret-of-the-home-account',
} as const;

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly account: string;
  readonly roleArn: string;
  readonly expires: Date;
}

export interface Sessions {
  readonly assume: (account: string, roleArn: string, seconds: number) => Session;
  /**
   * Whose request it is. Signatures are not checked: the fake is no place for secrets.
   *
   * @throws AwsRefusal as AWS does for keys that it does not know, and for sessions that ended.
   */
  readonly authenticate: (accessKeyId: string, token: string | undefined) => Caller;
}

export interface Caller {
  readonly account: string;
  readonly arn: string;
}

export function createSessions(home: string, clock: () => Date): Sessions {
  const sessions = new Map<string, Session>();
  return {
    assume: (account, roleArn, seconds) => {
      const number = String(sessions.size + 1);
      const session: Session = {
        accessKeyId: `ASIA${number.padStart(16, '0')}`,
        secretAccessKey: `fake-session-secret-${number}`,
        sessionToken: `fake-session-token-${number}`,
        account,
        roleArn,
        expires: new Date(clock().getTime() + seconds * 1000),
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    authenticate: (accessKeyId, token) => {
      if (accessKeyId === FAKE_KEYS.accessKeyId)
        return { account: home, arn: `arn:aws:iam::${home}:user/portcullis` };
      const session = sessions.get(accessKeyId);
      if (session === undefined || session.sessionToken !== token)
        throw new AwsRefusal(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
          403,
        );
      if (session.expires.getTime() <= clock().getTime())
        throw new AwsRefusal(
          'ExpiredTokenException',
          'The security token included in the request is expired',
        );
      return { account: session.account, arn: session.roleArn };
    },
  };
}
