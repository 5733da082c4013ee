import { paymentDetailsSchema, paymentListItemSchema, paymentListSchema } from './journal-schemas.ts';
import {
  configSchema,
  healthFailingSchema,
  healthSchema,
  openapiSchema,
  stopSchema,
  versionSchema,
} from './maintenance-schemas.ts';
import { errorEnvelopeSchema, paymentAnswerSchema } from './payment-answer-schema.ts';
import { paymentRequestSchema } from './payment-request-schema.ts';

/** Every shape that goes in or out, by the name it has in the OpenAPI description. The same ones check the requests. */
export const schemas = {
  PaymentRequest: paymentRequestSchema,
  PaymentAnswer: paymentAnswerSchema,
  ErrorEnvelope: errorEnvelopeSchema,
  Version: versionSchema,
  Config: configSchema,
  Stop: stopSchema,
  Health: healthSchema,
  HealthFailing: healthFailingSchema,
  PaymentListItem: paymentListItemSchema,
  PaymentList: paymentListSchema,
  PaymentDetails: paymentDetailsSchema,
  OpenApi: openapiSchema,
} as const;

export type SchemaName = keyof typeof schemas;
