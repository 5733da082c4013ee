import { paymentRequestSchema } from './payment-request-schema.ts';
import { resendParkedSchema, resendSchema, resolutionSchema } from './people-schemas.ts';

/** The bodies that a till or a person may send. */
export const bodySchemas = {
  payment: paymentRequestSchema,
  resolution: resolutionSchema,
  resend: resendSchema,
  resendParked: resendParkedSchema,
} as const;
