import { paymentDetailsSchema, paymentListItemSchema, paymentListSchema } from './journal-schemas.ts';
import { orphanListSchema, orphanSchema, traceSchema } from './line-schemas.ts';
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
import {
  acknowledgementSchema,
  resendParkedSchema,
  resendSchema,
  resentParkedSchema,
  resolutionSchema,
} from './people-schemas.ts';
import { reportSchema } from './report-schemas.ts';

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
  Resolution: resolutionSchema,
  Resend: resendSchema,
  ResendParked: resendParkedSchema,
  ResentParked: resentParkedSchema,
  Trace: traceSchema,
  Orphan: orphanSchema,
  OrphanList: orphanListSchema,
  Acknowledgement: acknowledgementSchema,
  Report: reportSchema,
  OpenApi: openapiSchema,
} as const;

export type SchemaName = keyof typeof schemas;
