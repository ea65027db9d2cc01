#!/usr/bin/env bash
# Plays the journey by mail against real servers: scripts/mail-servers.sh [--starttls] [--token] [COMMAND...]
# Installs Debian's postfix and dovecot where they are missing; they run beside whatever the machine has, on free high ports of
# the loopback, out of a temporary folder, with certificates made for it, and end with the script. As root.
# COMMAND is run in place of the demo, with MAIL_SERVERS naming the file that describes them.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
password=only-for-this-demo
tls=implicit
token=
while [ $# -gt 0 ]; do
  case "$1" in
    --starttls) tls=starttls ;;
    --token) token=yes ;;
    *) break ;;
  esac
  shift
done

[ "$(id -u)" = 0 ] || { echo "mail-servers: postfix and dovecot start as root alone" >&2; exit 1; }
if ! command -v postfix >/dev/null || ! command -v dovecot >/dev/null || [ ! -e /usr/lib/dovecot/lmtp ]; then
  apt-get update -qq
  echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    postfix dovecot-core dovecot-imapd dovecot-lmtpd
fi

work="$(mktemp -d /tmp/attestbro-mail.XXXXXX)"
chmod 755 "$work"
stop() {
  [ ! -s "$work/spool/pid/master.pid" ] || kill "$(tr -d ' ' <"$work/spool/pid/master.pid")" 2>/dev/null || true
  [ ! -s "$work/run/master.pid" ] || kill "$(cat "$work/run/master.pid")" 2>/dev/null || true
  [ "${KEEP:-}" ] || rm -rf "$work"
}
trap stop EXIT

free_ports() {
  python3 - "$1" <<'PY'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))
PY
}
read -r smtps submission imaps imap lmtp sasl <<<"$(free_ports 6)"

# An authority, and the servers' certificate for localhost.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Mail servers' authority" \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
  -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
  -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
printf '%s\n' subjectAltName=DNS:localhost,IP:127.0.0.1 keyUsage=critical,digitalSignature extendedKeyUsage=serverAuth >"$work/ext"
openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
  -extfile "$work/ext" -out "$work/server.pem" 2>/dev/null

# Dovecot: a box for everyone, by one password or by an access token that it checks itself (HS256).
mkdir -p "$work"/{mail,run,state,conf,spool,postfix-data,tokens/default/HS256}
chown mail:mail "$work/mail"
openssl rand -base64 32 | tr -d '\n' >"$work/tokens/default/HS256/default"
chmod -R a+rX "$work/tokens"
cat >"$work/conf/oauth2.ext" <<EOF
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$work/tokens/
username_attribute = sub
EOF
cat >"$work/conf/dovecot.conf" <<EOF
base_dir = $work/run
state_dir = $work/state
log_path = $work/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_min_protocol = TLSv1.2
ssl_cert = <$work/server.pem
ssl_key = <$work/server.key
auth_mechanisms = plain login xoauth2
mail_location = maildir:$work/mail/%u
first_valid_uid = 1
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = $work/conf/oauth2.ext
}
passdb {
  driver = static
  mechanisms = plain login
  args = password=$password
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$work/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
service auth {
  inet_listener sasl {
    address = 127.0.0.1
    port = $sasl
  }
}
EOF
dovecot -c "$work/conf/dovecot.conf"

# Postfix: submission alone, under TLS alone, for those who have logged in; every address has its box in dovecot.
cat >"$work/conf/main.cf" <<EOF
compatibility_level = 3.6
queue_directory = $work/spool
data_directory = $work/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks =
alias_maps =
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:$lmtp
smtpd_tls_cert_file = $work/server.pem
smtpd_tls_key_file = $work/server.key
smtpd_tls_security_level = encrypt
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
message_size_limit = 45000000
mailbox_size_limit = 0
maillog_file = $work/postfix.log
maillog_file_prefixes = /tmp
EOF
{
  echo "$smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes"
  echo "$submission inet n - n - - smtpd"
  # What every postfix has, none of it in a jail.
  awk '!/^[[:space:]]*#/ && !/^[[:space:]]/ && $2 ~ /^unix/ { $5 = "n"; print }' \
    /usr/share/postfix/master.cf.dist
  grep -q '^postlog' /usr/share/postfix/master.cf.dist || echo "postlog unix-dgram n - n - 1 postlogd"
} | awk '!seen[$1 $2]++' >"$work/conf/master.cf"
chown -R root:root "$work/conf" "$work/spool"
chown postfix "$work/postfix-data"
postfix -c "$work/conf" start >/dev/null 2>&1 || { cat "$work/postfix.log" >&2; exit 1; }

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
{
  echo "authority=$work/ca.pem"
  echo "smtps=$smtps"
  echo "imaps=$imaps"
  echo "gateway.tls=$tls"
  if [ "$tls" = implicit ]; then
    printf 'gateway.smtp=%s\ngateway.imap=%s\n' "$smtps" "$imaps"
  else
    printf 'gateway.smtp=%s\ngateway.imap=%s\n' "$submission" "$imap"
  fi
  if [ "$token" ]; then
    now="$(date +%s)"
    head="$(printf '{"alg":"HS256","typ":"JWT"}' | base64url)"
    body="$(printf '{"sub":"attestbro@gateway.example","iat":%s,"nbf":%s,"exp":%s}' "$now" "$now" "$((now + 3600))" | base64url)"
    key="$(base64 -d <"$work/tokens/default/HS256/default" | od -An -v -tx1 | tr -d ' \n')"
    signature="$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64url)"
    printf '%s.%s.%s' "$head" "$body" "$signature" >"$work/access-token"
    echo "gateway.token-file=$work/access-token"
  fi
} >"$work/servers.properties"

if [ $# -gt 0 ]; then
  MAIL_SERVERS="$work/servers.properties" "$@"
else
  "$here/attestbro" demo --mail --once --port 0 --mail-servers "$work/servers.properties"
fi
