# In dom0: a guest with two vifs, each on a bridge of its own, whose back end is taken away and comes again; an image with a
# stack on each; and examples, by their NAME.xl as they are generated.

said() { # NAME TEXT: until it stands on the domain's console
  tries=0
  until grep -q "$2" /var/log/xen/console/guest-$1.log || [ $((tries = tries + 1)) -ge 300 ]; do sleep 0.1; done
}
answers() { # ADDRESS, of either version of IP: until it does
  tries=0
  until ping -c 1 -W 1 $1 > /dev/null || [ $((tries = tries + 1)) -ge 30 ]; do :; done
}
talk() { # NAME TCP: to both
  for number in 0 1; do
    answers 10.0.$number.2
    ping -c 5 -i 0.2 10.0.$number.2 > results/ping-$1-$number
    ip neigh show 10.0.$number.2 > results/neighbour-$1-$number
    ./peer 10.0.$number.2 2000 $2 > results/peer-$1-$number
  done
}
finish() { # NAME
  xl shutdown $1
  tries=0
  while xl domid $1 > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 150 ]; do sleep 0.1; done
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
}
# Linux lets its driver go from a vif, and take it again
take_away() { # DOMAIN NUMBER
  echo vif-$1-$2 > /sys/bus/xen-backend/drivers/vif/unbind
}
give_back() { # DOMAIN NUMBER
  echo vif-$1-$2 > /sys/bus/xen-backend/drivers/vif/bind
  vif=vif$1.$2 XENBUS_PATH=/local/domain/0/backend/vif/$1/$2 /etc/xen/scripts/vif-bridge online
}
for number in 0 1; do
  ip link add br$number type bridge
  ip addr add 10.0.$number.1/24 dev br$number
  ip link set br$number up
done

xl create -q responder.xl 2> results/create
said responder 'vif 1: connected'
domain=$(xl domid responder)
talk first

for number in 0 1; do take_away $domain $number; done
ping -c 1 -W 1 10.0.0.2 > results/ping-between
for number in 0 1; do give_back $domain $number; done
talk again

xl network-detach responder 1
xenstore-ls -f > results/xenstore
ping -c 1 10.0.0.2 > results/ping-left
xl network-attach responder devid=1 mac=00:16:3e:00:00:01
answers 10.0.1.2
ping -c 1 10.0.1.2 > results/ping-attached
finish responder

# dom0 speaks IPv6, too, and is a router on br0
echo root:x:0:0::/: > /etc/passwd
for number in 0 1; do
  echo 0 > /proc/sys/net/ipv6/conf/br$number/accept_dad
  echo 0 > /proc/sys/net/ipv6/conf/br$number/disable_ipv6
  ip -6 addr add 2001:db8:$number::1/64 dev br$number
done
LD_LIBRARY_PATH=lib ./dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=br0 --enable-ra \
  --dhcp-range=::,constructor:br0,ra-only,64,3600 --log-dhcp --log-facility=- --pid-file= --dhcp-leasefile=/tmp/leases6 --user=root 2> results/dnsmasq &
router=$!
xl create -q echo.xl 2>> results/create
said echo 'vif 1: connected'
talk image tcp
said echo 'I am '
guest6=$(sed -n 's/^I am \([0-9a-f:]*\).*/\1/p' /var/log/xen/console/guest-echo.log)
for address in $guest6 2001:db8:1::2; do
  answers $address
  for size in 0 56 1452 1453 8000 60000; do ping -c 1 -s $size $address; done
done > results/ping6
ip -6 neigh show 2001:db8:1::2 > results/neighbour6
./peer $guest6 500 tcp > results/peer6
(echo hello; sleep 1) | LD_LIBRARY_PATH=lib ./curl -6 -s --max-time 2 "telnet://[$guest6]:7" > results/curl6
# the link becomes smaller while a connection is used, and larger again
part() {
  head -c 400000 lib/libc.so.6
}
for address in 10.0.0.2 $guest6; do
  (part; ip link set br0 mtu 1280; part; ping -c 1 -s 8000 $address > results/ping-small-$address; ip link set br0 mtu 1500; part) | nc $address 7 | md5sum
done > results/mtu
(part; part; part) | md5sum > results/mtu-wanted
kill $router
finish echo

xl create -q -F -c face.xl > results/face 2> results/face.xl

# examples/network, whose address is udhcpd's to give
cat > udhcpd.conf << 'END'
interface br0
start 10.0.0.50
end 10.0.0.50
option subnet 255.255.255.0
option router 10.0.0.1
lease_file /tmp/leases
END
touch /tmp/leases
udhcpd -f -a 100 udhcpd.conf 2> results/udhcpd &
xl create -q network.xl 2>> results/create
said network 'listening at'
guest=10.0.0.50
for size in 0 56 1472 1473 8000 60000; do ping -c 1 -s $size $guest; done > results/ping-network
LD_LIBRARY_PATH=lib ./curl -s --max-time 20 http://$guest:8080/
echo $? > results/curl
(echo hello; sleep 1) | LD_LIBRARY_PATH=lib ./curl -s --max-time 3 telnet://$guest:7 > results/curl-echo
nc $guest 19 < /dev/null | head -c 4194304 | md5sum > results/chargen
head -c 4194304 /dev/zero | nc $guest 9
echo $? > results/discard
(echo before; sleep 4; echo after) | nc $guest 7 > results/restarted &
sleep 1
domain=$(xl domid network)
take_away $domain 0
ping -c 1 -W 1 $guest > results/ping-network-between
give_back $domain 0
answers $guest
wait $!
finish network

xl create -q -F -c out_to_lunch_network.xl > results/lunch 2> results/lunch.xl

# without a vif
xl create -q -F -c alone.xl > results/alone 2> results/alone.xl
