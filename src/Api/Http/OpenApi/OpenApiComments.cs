using System.Reflection;
using System.Xml.Linq;
using System.Xml.XPath;

namespace Galley.Http.OpenApi;

/// <summary>The summaries of the contracts, each where it is used: what one member inherits from another is written out.</summary>
internal static class OpenApiComments
{
    public static XPathDocument Load()
    {
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetExecutingAssembly().GetName().Name}.xml"));
        var members = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

        foreach (var member in members.Values)
            WriteOut(member, members);

        using var reader = file.CreateReader();
        return new XPathDocument(reader);
    }

    private static void WriteOut(XElement member, Dictionary<string, XElement> members)
    {
        if (member.Element("inheritdoc") is not { } inherited || inherited.Attribute("cref")?.Value is not { } source || !members.TryGetValue(source, out var giver))
            return;

        inherited.Remove();
        WriteOut(giver, members);
        member.Add(giver.Elements());
    }
}
