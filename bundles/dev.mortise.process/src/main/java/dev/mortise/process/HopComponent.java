// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.AuthorizationServers;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.process.address.AddressJudge;
import dev.mortise.process.address.Names;
import dev.mortise.process.address.OwnListener;
import dev.mortise.process.address.Verdict;
import dev.mortise.process.form.FormPosts;
import dev.mortise.process.hop.Hops;
import dev.mortise.process.hop.LoopbackPeers;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The hop to other processes. Until the first call it is a few objects: Jetty's client is made for that one. */
@Component(
        service = {RemoteCalls.class, AuthorizationServers.class, LoopbackPeers.class},
        configurationPid = {ProcessConfig.PID, ProcessConfig.HTTP_PID})
public final class HopComponent implements RemoteCalls, AuthorizationServers, LoopbackPeers {
    /** Servers of others may be anywhere but where no call goes. */
    private static final String ANYWHERE = "0.0.0.0/0, ::/0";

    private final AddressJudge judge;
    private final Hops hops;
    private final FormPosts forms;
    private final AddressJudge anywhere;

    /** Made by DS. */
    @Activate
    public HopComponent(ProcessConfig config) {
        judge = new AddressJudge(config.remote_addresses(), own(config), Names.SYSTEM);
        hops = new Hops(Settings.of(config));
        anywhere = new AddressJudge(ANYWHERE, own(config), Names.SYSTEM);
        forms = new FormPosts(anywhere, hops);
    }

    private static OwnListener own(ProcessConfig config) {
        String home = config.mortise_home();
        return new OwnListener(
                config.port(), home.isBlank() ? Optional.empty() : Optional.of(Path.of(home, "data", "http-port")));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters meters) {
        hops.meters().use(meters);
    }

    void unbindMeters(Meters meters) {
        hops.meters().leave(meters);
    }

    @Deactivate
    void deactivate() {
        hops.close();
    }

    @Override
    public Judgement judge(String baseUrl) {
        return judgement(judge.judge(baseUrl));
    }

    @Override
    public Judgement judgeServer(String baseUrl) {
        Verdict verdict = anywhere.judge(baseUrl);
        boolean open = verdict instanceof Verdict.Good good
                && !good.place().url().secure()
                && !good.place().address().isLoopbackAddress();
        return open ? judge(baseUrl) : judgement(verdict);
    }

    private Judgement judgement(Verdict verdict) {
        return verdict instanceof Verdict.Good good
                ? new Judgement.Good(hops.peer(good.place()))
                : new Judgement.Refused(((Verdict.Refused) verdict).reason());
    }

    @Override
    public Response send(Peer peer, Outgoing request) throws RemoteFault {
        return hops.send(peer, request);
    }

    @Override
    public Peer at(int port) {
        return hops.loopback(port);
    }

    @Override
    public Answer post(Form form) throws RemoteFault {
        return forms.post(form);
    }
}
