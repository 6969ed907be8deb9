-- wrk's requests: as many creations as reads, updates and deletions. Each thread has ids of its own. It reads resources
-- created a while before and deletes resources updated a while before, so that a request that overtakes another still
-- finds its resource. The first resources were loaded before (bench/record/load.mjs).
local threads = 0

function setup(thread)
  thread:set('number', threads)
  threads = threads + 1
end

local count = -1
local headers = { ['content-type'] = 'application/fhir+json' }
local families = { 'Abel', 'Brand', 'Chen', 'Diaz', 'Eriksen', 'Fischer', 'Gupta', 'Haddad', 'Ivanova', 'Jensen' }

local function patient(id, version)
  local n = version * 7919
  return string.format('{"resourceType":"Patient","id":"%s","meta":{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",' ..
    '"code":"HTEST"}]},"identifier":[{"system":"https://example.org/load","value":"%s-%d"}],"active":true,"name":[{"use":"official",' ..
    '"family":"%s%d","given":["Sim%d","Test"]}],"telecom":[{"system":"phone","value":"+1 555 %07d"}],"gender":"%s",' ..
    '"birthDate":"%04d-%02d-%02d","address":[{"line":["%d Test Street"],"city":"Sampletown","postalCode":"%05d"}]}',
    id, id, version, families[n % 10 + 1], n % 997, n % 389, n % 9999999, n % 2 == 0 and 'female' or 'male',
    1930 + n % 80, n % 12 + 1, n % 28 + 1, n % 300, n % 99999)
end

local function id_of(n) return string.format('w%d-%d', number, n) end

function request()
  count = count + 1
  local n = math.floor(count / 4) + 3000
  local kind = count % 4
  if kind == 0 then return wrk.format('PUT', '/fhir/Patient/' .. id_of(n), headers, patient(id_of(n), n)) end
  if kind == 1 then return wrk.format('GET', '/fhir/Patient/' .. id_of(n - 1000)) end
  if kind == 2 then
    return wrk.format('PUT', '/fhir/Patient/' .. id_of(n - 2000), headers, patient(id_of(n - 2000), n + 1))
  end
  return wrk.format('DELETE', '/fhir/Patient/' .. id_of(n - 3000))
end


function done(summary, latency)
  local errors = summary.errors
  local result = 'RESULT {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"http_errors":%d,"socket_errors":%d}\n'
  io.write(string.format(result,
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
