import express from 'express';

// What the executable is measured against: the least that serves HTTP.
const server = express().listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
