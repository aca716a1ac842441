# In dom0: a guest with two vifs, each on a bridge of its own; then its back end is taken away and comes again.

said() { # TEXT: until it stands on the domain's console
  tries=0
  until grep -q "$1" /var/log/xen/console/guest-responder.log || [ $((tries = tries + 1)) -ge 300 ]; do sleep 0.1; done
}
talk() { # NAME: to both
  for vif in 0 1; do
    ping -c 5 10.0.$vif.2 > results/ping-$1-$vif
    ./peer 10.0.$vif.2 2000 > results/peer-$1-$vif
  done
}
for vif in 0 1; do
  ip link add br$vif type bridge
  ip addr add 10.0.$vif.1/24 dev br$vif
  ip link set br$vif up
done
xl create -q responder.xl 2> results/create
said start
domain=$(xl domid responder)
said 'vif 1: connected'
talk first

# Linux lets its driver go from a vif, and take it again
driver=/sys/bus/xen-backend/drivers/vif
for number in 0 1; do echo vif-$domain-$number > $driver/unbind; done
ping -c 1 -W 1 10.0.0.2 > results/ping-between
for number in 0 1; do
  echo vif-$domain-$number > $driver/bind
  vif=vif$domain.$number XENBUS_PATH=/local/domain/0/backend/vif/$domain/$number sh vif.sh online
done
tries=0
until ping -c 1 -W 1 10.0.0.2 > /dev/null && ping -c 1 -W 1 10.0.1.2 > /dev/null || [ $((tries = tries + 1)) -ge 30 ]; do :; done
talk again

xl network-detach responder 1
said 'vif 1: its back end has gone'
xenstore-ls -f > results/xenstore
ping -c 1 10.0.0.2 > results/ping-left
xl shutdown responder
tries=0
while xl domid responder > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 100 ]; do sleep 0.1; done
cp /var/log/xen/console/guest-responder.log results/console
cp /var/log/xen/xl-responder.log results/xl
