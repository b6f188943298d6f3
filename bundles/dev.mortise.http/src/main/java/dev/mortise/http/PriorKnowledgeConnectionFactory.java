// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/2 to a client that begins with its preface. An Upgrade field in HTTP/1.1 is ignored: it is deprecated (RFC
 * 9113, section 3.1), and through a proxy it opens a way past the checks of that proxy.
 */
final class PriorKnowledgeConnectionFactory extends HTTP2CServerConnectionFactory {
    PriorKnowledgeConnectionFactory(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response101) {
        if (request.getHttpVersion() != HttpVersion.HTTP_2) {
            return null;
        }
        ((ClockedEndPoint) endPoint).requestBegun();
        return super.upgradeConnection(connector, endPoint, request, response101);
    }
}
