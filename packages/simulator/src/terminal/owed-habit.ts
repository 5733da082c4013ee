/**
 * When a terminal brings an answer that it once gave up. What real ones do is not public. at_enquiry: it answers the
 * register's next ENQ with its own · after_enquiry: it acknowledges that ENQ, and brings it once EOT comes and no request
 * · mid_payment: when it has taken the next request.
 */
export type OwedHabit = 'forgotten' | 'at_enquiry' | 'after_enquiry' | 'mid_payment';
