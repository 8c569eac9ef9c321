// The storage emulator of Google's firebase-tools as a server of Google Cloud Storage's JSON API.
// The emulator keeps the objects and answers; what it lacks of the protocol is added in front of it:
// uploads in parts (308), preconditions (ifGenerationMatch), batches, and objects that outlive the process.
//
// node server.js NODE_MODULES PORT DIRECTORY
const [modules, port, directory] = process.argv.slice(2);
const emulated = modules + '/firebase-tools/lib/emulator/';
const fs = require('fs');
const express = require(modules + '/express');
const { StorageEmulator } = require(emulated + 'storage');
const { CloudStorageObjectMetadata, StoredFileMetadata } = require(emulated + 'storage/metadata');
const { StoredFile } = require(emulated + 'storage/files');
const { createApp } = require(emulated + 'storage/server');
const { EmulatorRegistry } = require(emulated + 'registry');

const host = '127.0.0.1';
const emulator = new StorageEmulator({
  projectId: 'demo-weir', host, port: +port, rules: { name: 'none', content: '' }, auto_download: false,
});
emulator._persistence.reset(directory);
keepIndex();
// addresses of uploads lead through whatever the client has come through
EmulatorRegistry.url = (name, request) =>
  new URL(`http://${request ? request.headers.host : host + ':' + port}/`);

// The emulator keeps the bytes in files, and in memory which object they are; that is written down here, so that a
// server that was killed has its objects again.
function keepIndex() {
  const index = directory + '/index.jsonl';
  const files = emulator.adminStorageLayer._files;
  const places = emulator._persistence._diskPathMap;
  for (const line of fs.existsSync(index) ? fs.readFileSync(index, 'utf8').trim().split('\n') : []) {
    const [path, place, metadata] = JSON.parse(line);
    files.delete(path);
    if (place && fs.existsSync(`${directory}/${place}`)) {
      files.set(path, new StoredFile(new StoredFileMetadata(metadata, emulator.adminStorageLayer._cloudFunctions)));
      places.set(path, place);
    }
  }
  const note = (...entry) => fs.appendFileSync(index, JSON.stringify(entry) + '\n');
  files.set = (path, file) => {
    const { _cloudFunctions, ...metadata } = file.metadata;
    note(path, places.get(path), metadata);
    return Map.prototype.set.call(files, path, file);
  };
  files.delete = (path) => {
    note(path);
    return Map.prototype.delete.call(files, path);
  };
}

const PRECONDITION_FAILED = {
  error: { code: 412, message: 'conditionNotMet', errors: [{ reason: 'conditionNotMet', message: 'conditionNotMet' }] },
};

function generationOf(bucket, name) {
  const layer = emulator.adminStorageLayer;
  const file = layer._files.get(layer.path(bucket, name));
  return file && file.metadata ? String(file.metadata.generation) : '0';
}

// by upload id: the generation that the object must have, and what the end of the upload was answered
const conditions = new Map();
const ended = new Map();

// ends of uploads come one after the other, each with its precondition
let last = Promise.resolve();
function inTurn(work) {
  last = last.then(work, work);
  return last;
}

async function end(upload, bytes) {
  const wanted = conditions.get(upload.id);
  if (wanted !== undefined && generationOf(upload.bucketId, upload.objectId) !== wanted) {
    return [412, PRECONDITION_FAILED];
  }
  emulator.uploadService.continueResumableUpload(upload.id, bytes);
  emulator.uploadService.finalizeResumableUpload(upload.id);
  const metadata = await emulator.adminStorageLayer.uploadObject(upload);
  return [200, new CloudStorageObjectMetadata(metadata)];
}

const app = express();
const UPLOADS = '/upload/storage/v1/b/:bucket/o';

app.post(UPLOADS, (request, response, next) => {
  const wanted = request.query.ifGenerationMatch;
  if (wanted !== undefined) {
    if (generationOf(request.params.bucket, request.query.name) !== wanted) {
      return response.status(412).json(PRECONDITION_FAILED);
    }
    const header = response.header.bind(response);
    response.header = (name, value) => {
      if (name === 'location') conditions.set(new URL(value).searchParams.get('upload_id'), wanted);
      return header(name, value);
    };
  }
  next();
});

app.put(UPLOADS, express.raw({ type: () => true, limit: '600mb' }), (request, response) => {
  const upload = emulator.uploadService._uploads.get(request.query.upload_id);
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(request.header('content-range'));
  if (!upload || !range) return response.sendStatus(upload ? 400 : 404);
  inTurn(async () => {
    if (ended.has(upload.id)) return ended.get(upload.id);
    const from = range[1] === undefined ? upload.size : +range[1];
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    // what the store has already is not taken twice
    const fresh = from <= upload.size ? bytes.subarray(upload.size - from) : Buffer.alloc(0);
    if (range[2] !== '*' && upload.size + fresh.length === +range[2]) {
      ended.set(upload.id, await end(upload, fresh));
      return ended.get(upload.id);
    }
    emulator.uploadService.continueResumableUpload(upload.id, fresh);
    return [308, null];
  }).then(([status, body]) => {
    response.status(status);
    if (status === 308 && upload.size > 0) response.set('Range', `bytes=0-${upload.size - 1}`);
    return body === null ? response.end() : response.json(body);
  }, (failure) => response.status(500).send(String(failure)));
});

app.delete(UPLOADS, (request, response) => {
  emulator.uploadService.cancelResumableUpload(request.query.upload_id);
  response.sendStatus(499);
});

// each part of a batch is a request of its own, sent to this very server
app.post('/batch/storage/v1', express.text({ type: () => true, limit: '10mb' }), async (request, response) => {
  const parts = request.body.split('--' + /boundary="?([^";]+)/.exec(request.header('content-type'))[1]).slice(1, -1);
  const answers = [];
  for (const part of parts) {
    const [, method, path] = /^(GET|DELETE|POST) (\S+) HTTP/m.exec(part);
    const id = /content-id: *<?([^>\r\n]+)/i.exec(part);
    const url = new URL(path, `http://${host}:${port}/`);
    const answer = await fetch(`http://${host}:${port}${url.pathname}${url.search}`, { method });
    const text = await answer.text();
    answers.push(`Content-Type: application/http\r\nContent-ID: <response-${id ? id[1] : answers.length + 1}>\r\n\r\n`
      + `HTTP/1.1 ${answer.status} ${answer.statusText || 'OK'}\r\nContent-Type: application/json\r\n`
      + `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}\r\n`);
  }
  response.type('multipart/mixed; boundary=answers')
    .send(answers.map((answer) => '--answers\r\n' + answer).join('') + '--answers--\r\n');
});

createApp('demo-weir', emulator).then((inner) => {
  app.use(inner);
  app.listen(+port, host);
});
