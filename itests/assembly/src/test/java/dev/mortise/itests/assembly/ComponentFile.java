// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The description of a component in a bundle: its name, its PIDs, its properties with their defaults. */
record ComponentFile(String name, List<String> pids, Map<String, String> properties) {

    /** Return the components of a bundle that are configured from outside. */
    static List<ComponentFile> configured(Path bundle) {
        List<ComponentFile> components = new ArrayList<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            for (JarEntry entry :
                    jar.stream().filter(ComponentFile::isDescription).toList()) {
                components.add(parse(jar.getInputStream(entry)));
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(bundle.toString(), e);
        }
        return components.stream()
                .filter(component -> !component.pids().isEmpty())
                .toList();
    }

    private static boolean isDescription(JarEntry entry) {
        return entry.getName().startsWith("OSGI-INF/dev.mortise.")
                && entry.getName().endsWith(".xml");
    }

    private static ComponentFile parse(InputStream xml) throws IOException, SAXException, ParserConfigurationException {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml)
                .getDocumentElement();
        String pids = root.getAttribute("configuration-pid").strip();
        return new ComponentFile(
                root.getAttribute("name"), pids.isEmpty() ? List.of() : List.of(pids.split("\\s+")), properties(root));
    }

    private static Map<String, String> properties(Element root) {
        Map<String, String> properties = new LinkedHashMap<>();
        NodeList elements = root.getElementsByTagName("property");
        for (int i = 0; i < elements.getLength(); i++) {
            Element property = (Element) elements.item(i);
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        return properties;
    }
}
