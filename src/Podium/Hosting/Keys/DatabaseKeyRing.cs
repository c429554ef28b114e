using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Podium.Data;

namespace Podium.Hosting.Keys;

/// <summary>The ring of Data Protection in our database, over our way to it.</summary>
internal sealed class DatabaseKeyRing(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = database.Open();
        return [.. context.DataProtectionKeys.OrderBy(key => key.Id).Select(key => key.Xml).ToList().OfType<string>().Select(XElement.Parse)];
    }

    // Data Protection waits for it, so there is no turn at the gate of writers: once in 90 days SQLite's own waiting is enough.
    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = database.Open();
        context.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}
