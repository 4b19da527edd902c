/**
 * Keeps the AWS SDK from telling users on which Node its versions of next year will run: what Portcullis runs on is for its
 * own releases to say. The switch is the SDK's own (`emitWarningIfUnsupportedVersion` of @aws-sdk/core), for this one warning alone;
 * whoever wants to see it sets it to something else.
 */
export function silenceNodeVersionWarning(env: Record<string, string | undefined>): void {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
