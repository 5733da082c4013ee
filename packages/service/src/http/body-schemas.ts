import { paymentRequestSchema } from './payment-request-schema.ts';
import { acknowledgementSchema, resendParkedSchema, resendSchema, resolutionSchema } from './people-schemas.ts';

/** The bodies that a till or a person may send. */
export const bodySchemas = {
  payment: paymentRequestSchema,
  resolution: resolutionSchema,
  resend: resendSchema,
  resendParked: resendParkedSchema,
  acknowledgement: acknowledgementSchema,
} as const;
