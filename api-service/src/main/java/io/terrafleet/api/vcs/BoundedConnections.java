package io.terrafleet.api.vcs;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** JGit's connections over HTTP, each to an address that may be asked, and all together within a budget. */
final class BoundedConnections implements HttpConnectionFactory {
    private final AddressRule rule;
    private final Budget budget;

    BoundedConnections(AddressRule rule, Budget budget) {
        this.rule = rule;
        this.budget = budget;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        rule.require(url.getHost());
        return new Bounded(url, budget);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        rule.require(url.getHost());
        return new Bounded(url, proxy, budget);
    }

    private static final class Bounded extends JDKHttpConnection {
        private final Budget budget;

        Bounded(URL url, Budget budget) throws IOException {
            super(url);
            this.budget = budget;
        }

        Bounded(URL url, Proxy proxy, Budget budget) throws IOException {
            super(url, proxy);
            this.budget = budget;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return budget.bounded(super.getInputStream());
        }
    }
}
